"""The plugin group `io.kestra.plugin.jdbc`: SQL on DuckDB, SQLite and PostgreSQL."""
