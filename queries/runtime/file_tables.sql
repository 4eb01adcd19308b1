select table_name from duckdb_tables() where database_name = 'source' and schema_name = 'main';
