"""The conformance checker: what is wrong with an implementation of the contract, in any language.

It stands outside, as Enginy does: a URL and a key are all that it knows. A check is a rule; a rule
that is broken is a value (`Broken`), a run that is broken is an exception (`Unreachable`).
"""
