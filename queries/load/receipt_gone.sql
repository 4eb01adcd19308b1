-- Which accounts came and which are gone, compared with the file in place?
select account_id, n.name as name_now, o.name as name_before
from account n full join previous.main.account o using (account_id)
where n.account_id is null or o.account_id is null
order by account_id;
