-- How do sides and loads stand in the file, whatever a what-if moves?
-- Never run again for one, and tables: a view would look for the sides once more, and find those that were moved where
-- the model lies in a prepared copy.

create table side_in_file as from account_side;
create table load_in_file as select person_id, count(distinct account_id) as accounts from assigned group by person_id;
