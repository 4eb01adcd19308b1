-- Which rule raises each reason for attention, and what clears it?
-- Over 80 lines because the sixteen rules stand in one list.

create table reason_rule (reason varchar, says varchar);
insert into reason_rule values
    ('loses_money', 'Profit in the window is below 0; serious from {material_share} of the account''s revenue on.'),
    ('empty_growth',
        'Revenue rose against the year before and profit fell; serious where it fell by {material_share} of revenue '
        || 'or more.'),
    ('side_uncovered', 'A side is open: nobody active is assigned to it.'),
        ('side_stale', 'A side is silent: assigned, but its last touch is older than its cadence.'),
    ('orphan_risk', 'The only sponsor of a side ends within {orphan_days} days.'),
        ('factors_red', '{reds_serious} or more factors are below {red_below}.'),
    ('factor_fell', 'A factor fell by a whole level or more since the review compared with.'),
    ('overclaimed', 'A score from {green_from} on has an evidence index under {red_below}.'),
        ('plan_expired', 'The plan ended before the as-of date.'),
    ('plan_missing', 'There is no plan that is not inactive.'),
        ('plan_unreviewed', 'The last review of the plan is over {review_days} days old.'),
    ('actions_overdue', 'Open actions are past their due date.'),
        ('single_thread', 'At most one contact was touched in {thread_days} days.'),
    ('no_live_sponsor', 'Neither side is covered or new; told instead of what is the matter with each side.'),
    ('profit_unknown',
        'A month of the window has no cost or no rate; '
            || 'serious where the twelve months before the review had a profit.'),
    ('figures_stopped',
        'Booked month by month until then, and nothing in the last months of the window: over three of them.');

-- the rule with the thresholds in force
create view reason_rule_in_force as
select w.reason, replace(replace(replace(
    replace(replace(replace(replace(w.says, '{orphan_days}', r.orphan_days::varchar), '{red_below}',
    plain_number(r.red_below)),
    '{green_from}', plain_number(r.green_from)), '{review_days}', r.review_days::varchar), '{thread_days}',
        r.thread_days::varchar), '{material_share}', share_text(r.material_share)), '{reds_serious}',
        r.reds_serious::varchar) as says
from reason_rule w cross join rule r;

-- what clears each reason of the account asked about
create view reason_lift as
with raised as (select n.*, c.as_of, c.window_start, c.window_end, r.* from attention_reason n
    join asked using (account_id) cross join context c cross join rule r)
select reason, unnest([case reason
    when 'loses_money' then explained_lift('Profit to add', amount, 'money', 'then the account breaks even')
    when 'empty_growth' then explained_lift('Profit to add', amount, 'money', 'then profit no longer falls')
    when 'orphan_risk' then explained_lift('A second sponsor, or an end after', null, 'date',
        day_text(as_of + orphan_days), as_of + orphan_days + 1)
    when 'factors_red' then explained_lift('Red factors to lift to amber',
        (select reds - reds_serious + 1 from account_score s where s.account_id = raised.account_id),
        'integer', 'then fewer than ' || reds_serious || ' are red')
    when 'plan_expired' then explained_lift('A later end of the plan', null, 'date', 'then it is no longer expired',
        as_of)
    when 'plan_missing' then explained_lift('A plan that is not inactive', null, 'text', 'then there is one')
    when 'plan_unreviewed' then explained_lift('A review of the plan', null, 'date', 'on '
        || day_text(as_of - review_days) || ' or later', as_of - review_days)
    when 'actions_overdue' then explained_lift('Overdue actions to close or move',
        (select p.actions_overdue from account_plan_health p where p.account_id = raised.account_id), 'integer',
            'then none is overdue')
    when 'single_thread' then explained_lift('Contacts to touch',
        (select 2 - t.contacts_touched from account_thread t where t.account_id = raised.account_id),
        'integer', 'then the thread is thin')
    when 'profit_unknown' then explained_lift('Months without a cost or a rate to fill',
        (select count(*) from money_month m
        where m.account_id = raised.account_id and m.period_start between window_start and window_end
            and m.profit is null),
        'integer', 'then the profit is known')
    when 'figures_stopped' then explained_lift('Figures of the months since', null, 'text', detail)
    when 'factor_fell' then explained_lift('Lift back by a level', null, 'text', regexp_extract(detail, ': (.+)$', 1))
    end], recursive := true)
from raised
union all
select 'overclaimed', unnest([explained_lift(code || ': indicators to meet',
    ceil(round(s.red_below * m.told / 100, 9)) - m.met, 'integer',
    'then the evidence supports the score')], recursive := true)
from score_evidence e join asked using (account_id) cross join rule s
join (select account_id, code, count(*) filter (met) as met, count(met) as told from account_indicator
    group by account_id, code) m using (account_id, code)
where e.claim = 'overclaimed'
union all
select n.reason, unnest([case s.status
    when 'uncovered' then explained_lift('Assign an active leader', null, 'text', side_text(s.side))
    else explained_lift('A touch by ' || s.sponsor, null, 'date', side_text(s.side) || ', on '
        || day_text(c.as_of - s.cadence_days) || ' or later', c.as_of - s.cadence_days)
    end], recursive := true)
from account_side s join asked using (account_id) cross join context c
join attention_reason n on n.account_id = s.account_id
    and n.reason in ('no_live_sponsor', case s.status when 'stale' then 'side_stale' else 'side_uncovered' end)
where s.status in ('uncovered', 'stale');
