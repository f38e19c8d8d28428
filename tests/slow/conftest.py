from tests.databases import postgresql_server

__all__ = ["postgresql_server"]
