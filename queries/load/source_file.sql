-- Which file was a table read from, and how many rows has it?

insert into source_file values (?, ?, ?);
