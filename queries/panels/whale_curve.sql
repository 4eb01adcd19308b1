-- Which accounts make the profit, and which give it back?
-- summed: yes

with ranked as (
    select
        row_number() over best as rank, s.account_id, a.name, a.status = 'exited' as exited,
        s.profit, sum(s.profit) over () as known_profit,
        sum(s.profit) over best as cumulative_profit,
        row_number() over best / count(*) over () as account_share
    from chosen_figures s join account a using (account_id)
    where s.profit is not null
    window best as (order by s.profit desc, s.account_id rows unbounded preceding))
select
    rank, account_id, name, profit::double as profit, cumulative_profit::double as cumulative_profit, account_share,
    case when known_profit > 0 then (cumulative_profit / known_profit)::double end as cumulative_share,
    exited
from ranked
order by rank;
