select table_name, column_name, data_type from duckdb_columns()
where database_name = $database and schema_name = 'main' and not internal
order by table_oid, column_index;
