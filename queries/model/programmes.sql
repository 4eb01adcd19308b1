-- What does co-innovation cost and return, and where is it missing? Programmes in the reporting currency.

-- rate of a programme's currency: the month it started in
create view programme_figures as
with rated as (
    select p.*, worth(p.currency, c.currency, x.rate) as rate, c.as_of
    from programme p cross join context c
    left join month_rate x on x.currency = upper(p.currency) and x.period_start = date_trunc('month', p.start_on)::date)
select
    programme_id, account_id, name, kind, status, start_on, end_on,
    own_commitment * rate as own_commitment, spent * rate as spent, realised_profit * rate as realised_profit,
    end_on > months_later(start_on, 12) as multi_year,
    -- a commitment shorter than a year is all of one year; without an end its year is unknown
    case when end_on is not null
        then own_commitment * rate / greatest(date_diff('month', start_on, end_on + 1) / 12,
            1) end as yearly_commitment,
    is_active_programme(status, start_on, end_on, as_of) as running,
    start_on <= as_of and (status in ('done', 'stopped') or (status = 'active' and months_later(start_on, 12) <= as_of))
        as return_due
from rated;
comment on view programme_figures is 'every co-innovation programme in the reporting currency';

-- money without return: over, or under way for a year, and less earned than spent.
-- rich without a programme: margin at or above the portfolio's (quadrant protect or invest), nothing running
create view co_innovation_gap as
select 1 as place, 'money without return' as gap, p.account_id, p.programme_id, p.name as programme,
    p.spent - p.realised_profit as amount, p.spent, p.realised_profit
from programme_figures p
where p.return_due and p.spent > 0 and p.realised_profit < p.spent
union all
select 2, 'rich without a programme', a.account_id, null, null, f.profit, null, null
from account a join account_contribution_all k using (account_id) join account_figures f using (account_id)
where k.quadrant in ('protect', 'invest') and a.status <> 'exited'
    and not exists (from programme_figures p where p.account_id = a.account_id and p.running);
comment on view co_innovation_gap is 'programmes without return, and rich accounts without a programme';
