-- How do sides and loads stand in the file, whatever a what-if moves? Never run again for one: a view sees its own
-- schema.

create view side_in_file as from account_side;
create view load_in_file as select person_id, count(distinct account_id) as accounts from assigned group by person_id;
