-- How often was the programme as a whole promoted inside, by quarter and kind?

select year(occurred_on) || ' Q' || quarter(occurred_on) as quarter, kind, count(*) as activities,
    any_value(label) as label
from done_activity
where account_id is null and side = 'internal'
group by quarter, kind
order by quarter, kind;
