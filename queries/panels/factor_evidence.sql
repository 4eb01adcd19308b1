-- Which facts support or contradict each score?

select i.account_id, i.code, i.indicator, i.value, i.threshold, i.met, i.source, a.name
from indicator i
join selection using (account_id)
join account a using (account_id)
order by a.name, i.account_id, i.code, i.indicator;
