-- What part of revenue and of profit does each region, industry, manager, tier and way of pricing make?

create view group_standing as
with placed as (
    select s.*, g.place, g.grouped_by, g.group_name
    from account_contribution s join account a using (account_id)
    left join person m on m.person_id = a.manager_id
    cross join indicator_rule i, lateral (values
        (1, 'region', a.region), (2, 'industry', a.industry), (3, 'manager', m.name), (4, 'tier', a.tier::varchar),
        (5, 'pricing', case when s.value_priced_share >= i.value_priced_share then 'value priced'
            when s.value_priced_share is not null then 'cost plus or market' end)) g (place, grouped_by, group_name)),
summed as (
    select place, grouped_by, group_name, count(*) filter (known) as accounts, count(*)
        filter (not known) as unknown_accounts,
        sum(revenue) filter (known) as revenue, sum(profit) as profit, exact_sum(value_at_stake) as value_at_stake,
        any_value(known_revenue) as known_revenue, any_value(known_profit) as known_profit,
        any_value(programme_margin) as programme_margin
    from placed group by place, grouped_by, group_name)
select
    place, grouped_by, group_name, accounts, unknown_accounts, revenue, profit, value_at_stake,
    margin_of(profit, revenue) as margin,
    share_of_revenue(revenue, known_revenue) as revenue_share,
        share_of_profit(profit, known_profit, known_revenue) as profit_share,
    profit_share - revenue_share as share_gap,
    profit_index_of(margin_of(profit, revenue), programme_margin) as profit_index
from summed;
comment on view group_standing is
    'shares, margin and value at stake of each region, industry, manager, tier and way of pricing';
