-- How many of the rows name a person or a contact, and how many of those are known?
select table_name, column_name, owner, count(*) as rows, count(n.id) as named, count(k.id) as known
from named_id n left join known_id k using (owner, id)
where owner not in (from unread_table)
group by all
having count(n.id) > 0
order by table_name, column_name;
