-- In which rows of the file do the facts behind an indicator stand?

-- "activity row 12", "activity rows 12, 15, 20, ... 3 more"
create macro rows_text(name, rows) as name || case len(rows) when 1 then ' row ' else ' rows ' end
    || array_to_string(rows[:3], ', ')
    || case when len(rows) > 3 then ', ... ' || len(rows) - 3 || ' more' else '' end;

-- months of the window, and of the same window a year earlier
create macro figure_rows(wanted, years_back) as table
select f.account_id, wanted as indicator, 'financial_period' as name, f.source_row
from financial_period f cross join context c
where f.scenario = 'actual' and (f.period_start between c.window_start and c.window_end
    or (years_back > 0 and f.period_start between months_later(c.ttm_start, -12) and c.window_end));

-- of a side all that count: somebody may stand there twice, and whoever was there before has no part in it
create macro fact_row() as table
select g.account_id, g.side || '_covered' as indicator, 'sponsorship' as name, s.source_row
from assigned g join sponsorship s using (account_id, side, person_id) cross join context c
where s.start_on <= c.as_of and (s.end_on is null or s.end_on > c.as_of)
union all select v.account_id, v.side || '_covered', 'activity', v.source_row
from done_activity v join assigned g using (account_id, side, person_id) where v.touch
    and v.occurred_on = g.last_touch_on
union all select v.account_id, 'leader_at_negotiation', 'activity', v.source_row
from done_activity v join last_negotiation n on n.account_id = v.account_id and n.held_on = v.occurred_on
cross join context c cross join rule r where n.held_on >= months_later(c.as_of, -r.negotiation_months)
    and v.mechanism = 'year_end_negotiation'
union all select account_id, 'advisory_board_seat', 'stakeholder', source_row from stakeholder where advisory_board
    and active
union all select account_id, 'committee_decided', 'activity', source_row from done_activity
    where mechanism = 'investment_committee'
union all select account_id, 'committee_decided', 'programme', source_row from programme, context
    where committee_on <= as_of
union all from figure_rows('profit_index', 0) union all from figure_rows('value_priced_share', 0)
union all from figure_rows('profit_not_falling', 1)
union all select account_id, 'long_programme', 'programme', source_row from programme, context
    where is_active_programme(status, start_on, end_on, as_of)
union all select p.account_id, i.indicator, 'plan_review', r.source_row
from plan_now p join plan_review r using (plan_id) cross join context c,
    (values ('plan_reviewed'), ('customer_at_review')) i (indicator)
where r.reviewed_on <= c.as_of
union all select o.account_id, i.indicator, 'objective', o.source_row
from objective_now o, (values ('long_objectives_share'), ('measured_objectives_share')) i (indicator)
union all select t.account_id, i.indicator, 'action', t.source_row
from action_now t, (values ('action_functions'), ('outside_sales_share')) i (indicator);

-- the rows of each indicator in words, latest row of a table first; indicators without rows are not there:
-- a sponsorship that a what-if assigns stands in no row
create macro indicator_rows() as table
with listed as (
    select account_id, indicator, name, list(distinct source_row order by source_row desc) as rows
    from fact_row() join listed_selection using (account_id) where source_row is not null group by account_id,
        indicator, name)
select account_id, indicator, string_agg(rows_text(name, rows), '; ' order by name) as words from listed
    group by account_id, indicator;
comment on macro table indicator_rows is 'the rows of the file behind each indicator, in words';
