-- What do the lines of the Brief say of sponsors, leaders, factors, plans and negotiations?
-- Over 80 lines because the accounts of each line stand beside its sentence; columns as in brief_money.

create view without_sponsor_account as
select g.account_id, row_number() over (order by f.revenue desc nulls last, g.account_id) as place,
    amount_text(f.revenue::double) as beside
from account_coverage g join programme_selection using (account_id) join account_figures f using (account_id)
where g.no_live_sponsor;

-- how many stood without one at the review and now, with their share of revenue, and whether that is better
create view cover_judged as
with before as (
    select account_id, no_live_sponsor_of(max(status) filter (side = 'internal'),
        max(status) filter (side = 'external')) as without_before from side_before group by account_id),
judged_cover as (
    select count(g.no_live_sponsor) as known, count(*) - count(g.no_live_sponsor) as lacking,
        count(b.without_before) filter (g.no_live_sponsor is not null) as both_known,
        count(*) filter (b.without_before and g.no_live_sponsor is not null)
            - count(*) filter (g.no_live_sponsor and b.without_before is not null) as better,
        count(*) filter (b.without_before and g.no_live_sponsor is not null) as before,
        -- of the revenue of twelve months at either date
        ratio_of(case when before = 0 then 0
            else sum(o.revenue) filter (b.without_before and g.no_live_sponsor is not null) end, sum(o.revenue))
            as share_before,
        share_before - ratio_of(case when count(*) filter (g.no_live_sponsor) = 0 then 0
            else sum(n.revenue) filter (g.no_live_sponsor) end, sum(n.revenue)) as share_better
    from account_coverage g join programme_selection using (account_id) join before b using (account_id)
    left join year_figures n using (account_id) left join year_figures_before o using (account_id))
-- their revenue tells whether it got better where it moved by half a point, else their number
select j.*, both_known = known and share_better is not null as comparable,
    case when comparable and c.time_window = 'ttm' then ', was ' || share_text(share_before)
        else '' end as was_share,
    case when comparable and abs(round(share_better, 9)) >= 0.005 then toward(share_better, 0.005)
        when both_known > 0 then toward(better, 1) end as direction
from judged_cover j cross join context c;

create view brief_cover as
select
    case when cover_missing() is not null then cover_missing() when j.known = 0
        then 'not known: no sponsor has a touch'
        else case t.number when 0 then 'none of ' || count_text(j.known, 'account')
                || was_text(j.before, j.both_known, j.known)
            else worth_text(t.revenue, w.programme_revenue, j.was_share) || ' has none on either side, at '
                || t.number || ' of ' || count_text(j.known, 'account') || was_text(j.before, j.both_known, j.known)
                || names_text(t.number, t.largest) end
            || case when w.programme_unknown > 0 then '; revenue of ' || w.programme_unknown || ' unknown' else '' end
            || case when j.lacking > 0 then '; ' || j.lacking || ' cannot be judged' else '' end end as answer,
    case when cover_missing() is null and j.known > 0 then t.number end as number, t.revenue,
    case when cover_missing() is null and j.known > 0 then t.revenue end as amount,
    case when cover_missing() is null then j.direction end as direction,
    'reason:no_live_sponsor' as shows,
    case when cover_missing() is not null or j.known = 0 then null when t.number = 0
        then 'none of ' || j.known || was_text(j.before, j.both_known, j.known)
        when j.was_share <> '' and t.revenue is not null
            then amount_text(t.revenue::double) || ' revenue, '
                || share_text(ratio_of(t.revenue, w.programme_revenue)) || replace(j.was_share, ', ', ' (')
                || '), at ' || t.number || ' of ' || j.known
        else t.number || ' of ' || j.known || was_text(j.before, j.both_known, j.known)
            || coalesce(', ' || amount_text(t.revenue::double), '') || first_text(t.first_name) end as short,
    t.largest || more_text(t.number) as who,
    case when measured then case when j.comparable then 'share' else 'accounts' end end as measure,
    case when measured then case when j.comparable then j.share_before - j.share_better else j.before - j.better end end
        as value,
    case when measured then case when j.comparable then j.share_before else j.before end end as was,
    case when measured then case when j.comparable then -j.share_better else -j.better end end as change
from (select *, cover_missing() is null and both_known > 0 as measured from cover_judged) j
cross join brief_whole w cross join accounts_told('without_sponsor_account') t;

-- every leader of the chosen accounts, and whether he is over the limit, silent or leaving; where no sponsor has a
-- touch nobody is known to be silent
create view leader_told as
select l.person_id, p.name, l.revenue, l.accounts_all, l.lost_accounts, l.lost_revenue,
    load_of(l.accounts_all, r.load_warn, r.load_over) = 'over' as over_limit,
    h.touched and l.silent as silent, l.orphan_risk as leaving,
    over_limit or h.touched and l.silent or l.orphan_risk as concerned
from leader_load() l join person p using (person_id) cross join rule r
cross join (select count(last_touch_on) > 0 as touched from assigned) h;
create macro concerned_of(leaders) as table
select person_id, name, lost_accounts, lost_revenue,
    concat_ws(', ', case when over_limit then count_text(accounts_all, 'account') end,
        case when silent then 'silent' end, case when leaving then 'leaving' end) as told,
    concat_ws(' and ', case when over_limit then 'over the limit' end, case when silent then 'silent' end,
        case when leaving then 'leaving' end) as in_words,
    case when lost_accounts = 0 then 'none' when lost_revenue is null then 'n/a'
        else amount_text(lost_revenue::double) end as lost,
    row_number() over (order by round(coalesce(lost_revenue, 0), 2) desc, round(revenue, 2) desc nulls last, person_id)
        as place
from query_table(leaders) where concerned;
create macro accounts_of_leaders(leaders) as table
select account_id, row_number() over (order by f.revenue desc nulls last, account_id) as place, null as beside
from (select distinct g.account_id from assigned g join query_table(leaders) using (person_id)
    join programme_selection using (account_id)) join account_figures f using (account_id);
create view leader_concerned as from concerned_of('leader_told');
create view leader_account as from accounts_of_leaders('leader_concerned');
-- how many were over the limit, silent or leaving at the review
create view leader_concerned_before as
with held as (
    select g.person_id, bool_or(s.orphan_risk) as leaving,
        count(*) filter (s.status = 'covered') = 0 and count(s.status) > 0 as silent
    from assigned_before g join programme_account using (account_id) join side_before s using (account_id, side)
    group by g.person_id having bool_or(g.account_id in (select account_id from programme_selection))),
loaded as (select person_id, count(distinct account_id) as accounts from assigned_before group by person_id)
select count(*) filter (h.leaving or h.silent and t.touched or l.accounts > r.load_over) as leaders
from held h join loaded l using (person_id) cross join rule r
cross join (select count(last_touch_on) > 0 as touched from assigned_before) t;

create view brief_leaders as
with every_leader as materialized (from leader_told),
told_leaders as materialized (from concerned_of('every_leader')),
carried as materialized (from accounts_of_leaders('told_leaders')),
summed_leaders as (
    select count(*) as leaders, count(*) filter (over_limit) as over_limit, count(*) filter (silent) as silent,
        count(*) filter (leaving) as leaving, count(*) filter (concerned) as concerned,
        (select count(last_touch_on) = 0 from assigned) as untold
    from every_leader),
counted_leaders as (
    select *, case when untold then 'silence not known' else number_or_none(silent) || ' silent' end || ', '
            || number_or_none(leaving) || ' leaving' as other_kinds,
        'of ' || leaders || ': ' || number_or_none(over_limit) || ' over, ' || other_kinds as kinds
    from summed_leaders),
named_leaders as (
    select string_agg(name_told(l.name) || ' (' || l.told || ') ' || l.lost, ', ' order by l.place)
            filter (l.place <= 3) as largest,
        string_agg(name_told(l.name) || ' (' || l.told || ')', ', ' order by l.place) filter (l.place <= 3) as names,
        -- in few words: all of them with what is the matter and what loses cover, where that fits into two rows, and
        -- beside it how many of each kind; else how many, and beside it who
        string_agg(name_told(l.name) || ' ' || l.in_words || case when k.untold then '' else ' ('
            || case l.lost_accounts when 0 then 'nothing' else l.lost end
            || case l.place when 1 then ' at risk)' else ')' end end, ', ' order by l.place)
            || case when any_value(k.untold) then '; silence not known' when any_value(k.silent) = 0
                then '; none silent' else '' end as called,
        count(*) <= 3 and length(called) <= 88 as fits,
        case when any_value(k.untold) then names
            else string_agg(name_told(l.name) || ' ' || l.lost, ', ' order by l.place) filter (l.place <= 3) end
            as worth,
        string_agg('sponsor:"' || l.name || '"', ' ' order by l.place) as conditions,
        bool_and(not regexp_matches(l.name, '[*"\x00-\x1f]') and trim(l.name) <> '' and n.people = 1) as plain
    from told_leaders l cross join counted_leaders k join (
        select lower(p.name) as lower_name, count(distinct p.person_id) as people
        from assigned g join person p using (person_id) group by lower(p.name)) n on n.lower_name = lower(l.name))
select
    case when not has_rows.sponsorship then missing_text('sponsorship') when c.leaders = 0 then 'no leader is assigned'
        else number_or_none(c.concerned) || ' of ' || count_text(c.leaders, 'leader') || ' (was ' || b.leaders
            || '): ' || number_or_none(c.over_limit) || ' over the limit of ' || r.load_over || ' accounts, '
            || case when c.untold then 'silence not known' else number_or_none(c.silent) || ' silent' end
            || ', ' || number_or_none(c.leaving) || ' leaving'
        || case when t.number > 0 then '; ' || case c.concerned when 1 then 'carries ' else 'carry ' end
            || count_text(t.number, 'account') || ', ' || worth_text(t.revenue, w.programme_revenue)
            || case when c.untold then ': ' else '; at risk if they go: ' end
            || case when c.concerned > 3 then 'largest ' else '' end
            || case when c.untold then n.names else n.largest end
            else '' end end as answer,
    case when has_rows.sponsorship then t.number end as number, t.revenue,
    case when has_rows.sponsorship and c.leaders > 0 then t.revenue end as amount,
    case when has_rows.sponsorship and c.leaders > 0 then toward(b.leaders - c.concerned, 1) end as direction,
    case when n.plain and length(n.conditions) <= 3000 then n.conditions
        else id_filter(t.number, t.ids, '') end as shows,
    case when not has_rows.sponsorship or c.leaders = 0 then null
        when c.concerned = 0 then 'none of ' || c.leaders
            || case when c.untold then ' over the limit or leaving; silence not known'
                else ' over the limit, silent or leaving' end
        when n.fits then n.called else c.kinds end as short,
    case when c.concerned > 0 then case when n.fits then 'of ' || count_text(c.leaders, 'leader') || ': '
        || number_or_none(c.over_limit) || ' over the limit of ' || r.load_over || ', '
        || replace(c.other_kinds, 'silent', 'silent everywhere')
        else n.worth end end as who,
    case when c.leaders > 0 then 'leaders' end as measure,
    case when c.leaders > 0 then c.concerned end as value, case when c.leaders > 0 then b.leaders end as was,
    case when c.leaders > 0 then c.concerned - b.leaders end as change
from counted_leaders c cross join named_leaders n cross join leader_concerned_before b cross join rule r
cross join has_rows cross join brief_whole w cross join accounts_told('carried') t;

create view factor_weakest as
select g.factor_id, f.code, f.name, round(coalesce(g.weighted_mean, g.mean), 6) as level,
    g.weighted_mean is not null as by_revenue, g.accounts_known, g.accounts, g.revenue_known_share, g.change
from factor_stand(['all']) g join success_factor f using (factor_id) where g.mean is not null
order by level, g.factor_id limit 1;
create macro unknown_on(factor) as table
select s.account_id, null as beside, row_number() over (order by f.revenue desc nulls last, s.account_id) as place
from factor_score s join query_table(factor) w using (factor_id) join programme_selection using (account_id)
join account_figures f using (account_id) where s.valid_index is null;
create macro red_on(factor) as table
select s.account_id, null as beside, row_number() over (order by f.revenue desc nulls last, s.account_id) as place
from factor_score s join query_table(factor) w using (factor_id) join programme_selection using (account_id)
join account_figures f using (account_id) where s.light = 'red';
create view factor_red_account as from red_on('factor_weakest');

create view brief_factor as
with weakest as materialized (from factor_weakest), red as materialized (from red_on('weakest')),
unknown as materialized (from unknown_on('weakest'))
select
    case when not has_rows.assessment then missing_text('assessment') when l.code is null
        then 'not known: no score is valid'
        else name_told(l.name) || ': ' || format('{:.0f}', round(l.level)) || ' of 100 by '
            || case when l.by_revenue then 'revenue' else 'account' end
            || case when abs(round(round(l.change, 6), 1)) >= 0.1 then ' ('
                || case when l.change > 0 then '+' else '' end
                || number_text(round(round(l.change, 6), 1)) || ' on average since the review)' else '' end
            || ', scored at ' || l.accounts_known || ' of ' || count_text(l.accounts, 'account') || '; '
            || case t.number when 0 then 'none red' else 'red at ' || t.number || ', '
                || worth_text(t.revenue, w.programme_revenue) || names_text(t.number, t.largest) end
            || case when u.number > 0 then '; unscored at ' || u.number || coalesce(' ('
                || share_text(round(1 - l.revenue_known_share, 9)) || ' of revenue)', '')
                || names_text(u.number, u.largest) else '' end
            end as answer,
    case when l.code is not null then t.number end as number, t.revenue, null::double as amount,
    case when l.change is not null then toward(l.change, 1e-6) end as direction,
    null as shows,    -- its evidence is the whole: a mean over its red accounts alone would be another one
    case when l.code is not null then name_told(factor_text(l.name, l.code)) || ' '
        || format('{:.0f}', round(l.level)) || '/100; ' || number_or_none(t.number) || ' of ' || l.accounts_known
        || ' red'
        || coalesce(', ' || nullif(l.accounts - l.accounts_known, 0) || ' unscored', '') end as short,
    nullif(concat_ws('; ', 'red: ' || t.largest || more_text(t.number), 'unscored: ' || u.largest), '') as who,
    case when l.code is not null then 'points' end as measure,
    l.level as value, null as was,
    l.change
from has_rows cross join brief_whole w cross join accounts_told('red') t
cross join accounts_told('unknown') u left join weakest l on true;

create view plan_not_alive as
select h.account_id, amount_text(f.revenue::double) as beside,
    row_number() over (order by f.revenue desc nulls last, h.account_id) as place
from account_plan_health h join programme_selection using (account_id) join account_figures f using (account_id)
where h.health <> 'alive';

-- how plans stood at the review, by the same rules
create table plan_health_before as
with standing_then as (
    select p.* from plan p cross join context c
    where p.status <> 'inactive' and (p.start_on is null or p.start_on <= c.since)
        and p.account_id in (from programme_account)
    qualify row_number() over (partition by account_id
        order by status = 'active' desc, start_on desc nulls last, plan_id) = 1),
reviewed as (
    select plan_id, max(reviewed_on) as last_reviewed_on from plan_review, context where reviewed_on <= since
    group by plan_id),
late as (
    select p.plan_id,
        count(distinct o.objective_id) filter (o.status <> 'closed' and o.due_on < c.since)
            + count(t.action_id) filter (t.due_on < c.since and (t.done_on is null or t.done_on > c.since)) as overdue
    from standing_then p join objective o using (plan_id) left join action t using (objective_id) cross join context c
    group by p.plan_id)
select a.account_id, health_of(p.plan_id is not null, p.end_on, c.since, v.last_reviewed_on, r.review_days,
    coalesce(l.overdue, 0), has_rows.plan_review) as health
from programme_account a cross join context c cross join rule r cross join has_rows
left join standing_then p using (account_id) left join reviewed v using (plan_id) left join late l using (plan_id);

create view brief_plans as
with states as (
    select count(*) as accounts,
        count(*) filter (b.health <> 'alive') - count(*) filter (h.health <> 'alive') as better,
        was_text(count(*) filter (b.health <> 'alive'), count(*), count(*)) as was,
        count(*) filter (h.health <> 'alive') as now, count(*) filter (b.health <> 'alive') as before,
        concat_ws(', ',
        nullif(count(*) filter (h.health = 'none'), 0) || ' without a plan',
        nullif(count(*) filter (h.health = 'expired'), 0) || ' expired',
        nullif(count(*) filter (h.health = 'unreviewed'), 0) || ' not reviewed',
        nullif(count(*) filter (h.health = 'slipping'), 0) || ' slipping') as told
    from account_plan_health h join programme_selection using (account_id)
    join plan_health_before b using (account_id))
select
    case when not has_rows.plan then missing_text('plan') when t.number = 0
        then 'none of ' || count_text(s.accounts, 'account') || s.was
        else t.number || ' of ' || count_text(s.accounts, 'account') || s.was || ', '
            || worth_text(t.revenue, w.programme_revenue) || '; ' || s.told || names_text(t.number, t.largest)
        end as answer,
    case when has_rows.plan then t.number end as number, t.revenue,
    case when has_rows.plan then t.revenue end as amount,
    case when has_rows.plan then toward(s.better, 1) end as direction,
    'plan:none plan:expired plan:unreviewed plan:slipping' as shows,
    case when not has_rows.plan then null when t.number = 0 then 'none of ' || s.accounts || s.was
        else t.number || ' of ' || s.accounts || s.was || ', ' || worth_text(t.revenue, w.programme_revenue) end
        as short,
    t.largest || more_text(t.number) as who, case when has_rows.plan then 'accounts' end as measure,
    case when has_rows.plan then s.now end as value,
    case when has_rows.plan then s.before end as was, case when has_rows.plan then s.now - s.before end as change
from states s cross join has_rows cross join brief_whole w cross join accounts_told('plan_not_alive') t;

create view negotiation_faced as
select n.account_id, s.status, n.exposed, n.planned_on
from negotiation_ahead n join programme_selection using (account_id)
join account_side s on s.account_id = n.account_id and s.side = 'external' where n.ahead;
create view negotiation_exposed_account as
select n.account_id, row_number() over (order by f.revenue desc nulls last, n.account_id) as place,
    '(' || coalesce(day_text(n.planned_on), 'no date yet') || ')' as beside
from negotiation_faced n join account_figures f using (account_id) where n.exposed;

create view brief_negotiations as
with faced as materialized (from negotiation_faced),
base as (
    select count(*) as faced, count(status) as known, count(*) filter (exposed) as exposed,
        cover_missing() is null and (count(*) = 0 or count(status) > 0) as measured
    from faced)
select
    case when cover_missing() is not null then cover_missing()
        when b.faced = 0 then 'no year-end negotiation is planned'
        when b.known = 0 then 'not known: no sponsor has a touch'
        else case t.number when 0 then 'none of ' || count_text(b.known, 'account')
            else t.number || ' of ' || count_text(b.known, 'account') || ', '
                || worth_text(t.revenue, w.programme_revenue) || ',' end
            || case when t.number < 2 then ' goes' else ' go' end
            || ' into a year-end negotiation without a leader of ours at customer' || names_text(t.number, t.largest)
            end as answer,
    case when cover_missing() is null and (b.faced = 0 or b.known > 0) then t.number end as number, t.revenue,
    case when cover_missing() is null and (b.faced = 0 or b.known > 0) then t.revenue end as amount,
    null as direction, 'year_end:alone' as shows,
    case when cover_missing() is not null or b.known = 0 then null when t.number = 0
            then 'none of ' || count_text(b.known, 'negotiation')
        else t.number || ' of ' || count_text(b.known, 'negotiation')
            || coalesce(', ' || amount_text(t.revenue::double), '') || first_text(t.first_name) end as short,
    'no live sponsor at customer, no leader named: ' || t.largest || more_text(t.number) as who,
    case when b.measured then 'accounts' end as measure, case when b.measured then b.exposed end as value,
    null as was, null as change
from base b cross join brief_whole w cross join accounts_told('negotiation_exposed_account') t;
