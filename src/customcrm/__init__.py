"""The Enginy Custom CRM API, self-hosted."""

__version__ = "0.1.0"
