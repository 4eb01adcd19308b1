-- what question sponsor_load sums: a row per leader and account, in the order in which names are listed
select
    person_id, account_id, lost, sides, touches_due::bigint as touches_due,
    touches_made::bigint as touches_made, sides_on_time, sides_unknown, independent, independence_known, level_match,
    level_known, revenue::decimal(38, 10) as revenue,
    case when lost then revenue::decimal(38, 10) end as lost_revenue, case when lost then name end as lost_names
from leader_at_account
order by leader_at_account.revenue desc nulls last, account_id;
