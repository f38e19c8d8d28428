"""Plays Enginy against any server of the contract, so that one can see a CRM fill up.

A scenario and its seed say everything: who the leads are (`population.py`), what happens to each of
them (`story.py`), and in which calls Enginy tells it (`traffic.py`). `player.py` makes the calls.
"""
