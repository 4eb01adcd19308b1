-- Which regions, industries, managers and tiers turn revenue into profit?

select
    grouped_by, group_name, accounts, revenue::double as revenue, profit::double as profit, margin,
    revenue_share, profit_share, share_gap, profit_index, value_at_stake, unknown_accounts
from group_standing
order by place, revenue desc nulls last, group_name nulls last;
