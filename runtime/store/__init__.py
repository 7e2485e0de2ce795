"""PostgreSQL, the only truth. Each `.py` holds typed functions over the `.sql` of its name."""
