-- What moved portfolio profit between the window and the same window a year earlier?

-- who is in neither start nor end, the largest first
with missing as (
    select count(*) as accounts, string_agg(a.name, '; ' order by c.revenue desc nulls last, c.account_id) as names
    from bridge_part p join account a using (account_id) join account_figures c using (account_id)
    where p.left_out is not null)
select s.step, s.amount, m.accounts as left_out, m.names as left_out_accounts
from profit_step s cross join missing m
order by s.place;
