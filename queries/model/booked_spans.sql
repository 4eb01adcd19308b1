-- From when to when has each account booked, and is the end of it late?

-- the booked span of each account, and whether the end of it is late: a monthly account (a row in 11 of the 12 months
-- up to its last one) that has not booked the last one to three months of the window; after more it has stopped
create table account_span as
with spans as (
    select account_id, min(period_start) as first_month, max(period_start) as last_month
    from financial_period where scenario = 'actual' group by account_id),
behind as (     -- only these can be late: of the others nothing need be counted
    select s.account_id, datediff('month', s.last_month, any_value(c.last_month)) as gap, count(*) >= 11 as monthly
    from spans s cross join context c join financial_period f on f.account_id = s.account_id
    where f.scenario = 'actual' and s.last_month < c.last_month and f.period_start > months_later(s.last_month, -12)
    group by s.account_id, s.last_month)
select
    s.account_id, s.first_month, s.last_month,
    coalesce(b.monthly and b.gap <= 3 and a.status <> 'exited', false) as late,
    coalesce(b.monthly and b.gap > 3, false) as stopped
from spans s join account a using (account_id) left join behind b using (account_id);
comment on table account_span is
    'first and last booked month of each account, and whether its end is late or it has stopped';
