-- Which facts support or contradict each score?

select i.account_id, i.code, i.indicator, i.value, i.threshold, i.met, coalesce(r.words, i.source) as source, a.name,
    f.name as factor
from account_indicator i
join listed_selection using (account_id)
join account a using (account_id)
join success_factor f using (code)
left join indicator_rows() r using (account_id, indicator)
order by a.name, i.account_id, i.code, i.indicator;
