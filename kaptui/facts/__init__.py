"""What a kaptui file holds: the schema, how the tables of a file compare with it, the rules that every file keeps."""
