-- Which kaptui wrote the file, and when?

insert into kaptui_meta values (?, ?, ?, null);
