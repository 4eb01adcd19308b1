-- Who needs the director, and why? One row per account and reason; a rule without facts in the file raises nothing.
-- Over 80 lines because the sixteen rules stand in one list, beside what each rests on.

-- `rests_on`: the tables without which a rule cannot be judged
create table reason_code (reason varchar, kind varchar, place integer, rests_on varchar[]);
insert into reason_code values
    ('loses_money', 'money', 1, ['financial_period']), ('empty_growth', 'money', 2, ['financial_period']),
    ('side_uncovered', 'sponsors', 3, ['sponsorship']),
        ('side_stale', 'sponsors', 4, ['sponsorship', 'named', 'touch']),
    ('orphan_risk', 'sponsors', 5, ['sponsorship']), ('factors_red', 'factors', 6, ['assessment']),
    ('factor_fell', 'factors', 7, ['assessment']), ('overclaimed', 'factors', 8, ['assessment']),
    ('plan_expired', 'plan', 9, ['plan']), ('plan_missing', 'plan', 10, ['plan']),
    ('plan_unreviewed', 'plan', 11, ['plan', 'plan_review']), ('actions_overdue', 'plan', 12, ['plan', 'action']),
    ('single_thread', 'sponsors', 13, ['activity', 'stakeholder']),
    ('no_live_sponsor', 'sponsors', 14, ['sponsorship', 'activity', 'named']),
    ('profit_unknown', 'money', 15, ['financial_period']), ('figures_stopped', 'money', 16, ['financial_period']);

-- what a rule may rest on, whether the file holds it, and the words that say it does not. A touch is one by an assigned
-- sponsor. What only a missing table could have filled (`inside`) is not told twice: without plans there are no
-- reviews.
create view rule_table as
with named (table_name, place, words, inside) as (values
    ('financial_period', 1, 'no figures', []), ('sponsorship', 2, 'no sponsorships', []),
    ('activity', 3, 'no activities', []), ('named', 4, 'activities by people nobody knows', ['activity']),
    ('touch', 4, 'no touch by a sponsor', ['activity', 'sponsorship', 'named']),
    ('stakeholder', 5, 'no contacts', []), ('assessment', 6, 'no assessments', []), ('plan', 7, 'no plans', []),
    ('plan_review', 8, 'no plan reviews', ['plan']), ('action', 9, 'no actions', ['plan']))
select n.*, case n.table_name when 'financial_period' then exists (from financial_period where scenario = 'actual')
    when 'sponsorship' then f.sponsorship when 'activity' then f.activity
    when 'named' then f.named_share >= 0.5 when 'touch' then exists (from assigned where last_touch_on is not null)
    when 'stakeholder' then f.stakeholder when 'assessment' then f.assessment when 'plan' then f.plan
    when 'plan_review' then f.plan_review when 'action' then f.action end as filled
from named n cross join has_rows f;

create table reason_judged as
select reason, kind, r.place, rests_on, bool_and(t.filled) as judged
from (select *, unnest(rests_on) as table_name from reason_code) r join rule_table t using (table_name)
group by reason, kind, r.place, rests_on;
comment on table reason_judged is 'the rules of attention, and whether the file holds what each rests on';

-- how many rules could be judged, and in words what the others lack: "no activities, no plans"
create table rules_told as
with lacking as (
    select distinct t.place, t.words
    from (select unnest(rests_on) as table_name from reason_judged where not judged) r
    join rule_table t using (table_name)
    where not t.filled and not exists (from rule_table w where list_contains(t.inside, w.table_name) and not w.filled))
select
    (select count(*) filter (judged) from reason_judged) as rules_judged, (select count(*) from reason_code) as rules,
    (select string_agg(words, ', ' order by place) from lacking) as rules_lack;
comment on table rules_told is 'how many rules could be judged, and what the others lack';

-- an amount in words, the way the screen writes money, rounded half up: 843, 8.4k, 84k, 0.62m, 14.1m, 1.2bn
create macro amount_text(x) as
    case when abs(x) >= 999.95e6 then format('{:.1f}bn', round(x / 1e8) / 10) when abs(x) >= 995e3
        then format('{:.1f}m', round(x / 1e5) / 10)
        when abs(x) >= 99.5e3 then rtrim(format('{:.2f}', round(x / 1e4) / 100), '0') || 'm'
        when abs(x) >= 9.95e3 then format('{:.0f}k', round(x / 1e3)) when abs(x) >= 999.5
            then format('{:.1f}k', round(x / 1e2) / 10)
        else format('{:.0f}', round(x) + 0e0) end;

-- a loss or a fall is serious from this share of the account's revenue on; where there is no revenue, always
create macro is_material(fall, revenue, material_share) as
    case when revenue > 0 then fall::double / revenue::double >= material_share else true end;

create macro alarm(r, h, s, d, a) as {reason: r, holds: h, serious: s, detail: d, amount: a::double};

create table attention_reason as
with gaps as (
    select account_id, status, string_agg(side_text(side) || ': ' || why
        || coalesce(' since ' || day_text(since), ''), '; '
        order by side) as words
    from side_gap() group by account_id, status),
orphans as (
    select account_id, string_agg('only sponsor ' || side_text(side) || ', ' || sponsor || ', leaves '
        || day_text(orphan_on), '; '
        order by side) as words
    from account_side where orphan_risk group by account_id),
claims as (
    select account_id, string_agg(factor_text(f.name, f.code), ', ' order by factor_id) as words
    from score_evidence join success_factor f using (factor_id) where claim = 'overclaimed' group by account_id),
lacking as (
    select account_id, count(*) as months, count(*) filter (rate_missing) as rates from money_month cross join context
    where period_start between window_start and window_end and profit is null group by account_id),
raised as (
    select f.account_id, f.revenue, unnest([
        alarm('loses_money', f.profit < 0, is_material(-f.profit, f.revenue, k.material_share), 'loses '
            || amount_text(-f.profit), -f.profit),
        alarm('empty_growth', f.empty_growth, is_material(-f.profit_change, f.revenue, k.material_share),
            'revenue ' || share_text(f.revenue_growth, signed := true) || ', profit ' || amount_text(f.profit_change),
                -f.profit_change),
        alarm('side_uncovered', g.uncovered > 0 and not without, true, u.words, null),
        alarm('side_stale', g.stale > 0 and not without, false, l.words, null),
        alarm('orphan_risk', g.orphan_risk, true, o.words, null),
        alarm('factors_red', s.reds >= k.reds_serious, true, count_text(s.reds, 'factor') || ' red: ' || s.red_factors,
            null),
        alarm('factor_fell', s.deepest_fall <= -1, false, 'fell by a level or more: ' || s.fallen_factors, null),
        alarm('overclaimed', c.words is not null, false, 'green without evidence: ' || c.words, null),
        alarm('plan_expired', p.health = 'expired', true, 'plan ' || p.why, null),
        alarm('plan_missing', p.health = 'none', false, 'no plan', null),
        alarm('plan_unreviewed', p.health = 'unreviewed', false, 'plan: ' || p.why, null),
        alarm('actions_overdue', p.actions_overdue > 0, false, count_text(p.actions_overdue, 'action') || ' overdue',
            null),
        alarm('single_thread', t.thread = 'single', false, count_text(t.contacts_touched, 'contact') || ' touched',
            null),
        alarm('no_live_sponsor', without, true, concat_ws('; ', u.words, l.words), null),
        alarm('profit_unknown', f.figures <> 'none' and f.profit is null, b.profit is not null,
            case when f.rate_missing then 'no rate in ' || count_text(n.rates, 'month') else 'no cost in '
                || count_text(n.months, 'month') end
                || coalesce('; profit was ' || amount_text(b.profit) || ' at the review', ''), null),
        alarm('figures_stopped', f.figures = 'stopped', false, 'nothing booked since '
            || strftime(e.last_month, '%b %Y'), null)
    ], recursive := true)
    from account_figures f join account_score s using (account_id) join account_coverage g using (account_id)
    join account_plan_health p using (account_id) join account_thread t using (account_id)
    left join gaps u on u.account_id = f.account_id and u.status = 'uncovered'
    left join gaps l on l.account_id = f.account_id and l.status = 'stale'
    left join orphans o on o.account_id = f.account_id left join claims c on c.account_id = f.account_id
    left join year_figures_before b on b.account_id = f.account_id left join lacking n on n.account_id = f.account_id
    left join account_span e on e.account_id = f.account_id
    cross join rule k cross join lateral (select coalesce(g.no_live_sponsor
        and (select judged from reason_judged where reason = 'no_live_sponsor'), false) as without))
select r.account_id, r.reason, row_number()
    over (partition by r.account_id order by r.serious desc, k.place)::integer as place,
    r.detail, r.serious, coalesce(r.amount, r.revenue::double) as amount, k.kind
from raised r join reason_judged k using (reason) semi join programme_account using (account_id)
where r.holds and k.judged;
comment on table attention_reason is 'every reason why an account needs attention, with its words and amount';

-- serious, minor or nothing, of one kind of reason
create macro worst_of(kind, serious, wanted) as
    case bool_or(serious) filter (kind = wanted) when true then 'serious' when false then 'minor' end;

create table account_attention as
with counted as (
    select account_id, count(*) filter (serious) as attention, string_agg(reason, '; ' order by place) as reasons,
        list(reason order by place) as reason_list, count(distinct kind) filter (serious) as kinds,
        worst_of(kind, serious, 'money') as money, worst_of(kind, serious, 'sponsors') as sponsors,
        worst_of(kind, serious, 'factors') as factors, worst_of(kind, serious, 'plan') as plan
    from attention_reason group by account_id)
select
    f.account_id, case when p.account_id is not null then coalesce(c.attention, 0) end as attention, c.reasons,
    coalesce(c.reason_list, []) as reason_list,
    case when p.account_id is not null then coalesce(c.kinds, 0) * greatest(coalesce(f.revenue, 0),
        0) end::double as weight,
    c.money, c.sponsors, c.factors, c.plan
from account_figures f left join programme_account p using (account_id) left join counted c using (account_id);
comment on table account_attention is
    'serious reasons, all reason codes, weight and kinds of each account; empty for those that left';
