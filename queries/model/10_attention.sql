-- Who needs the director, and why? One row per account and reason; a rule without facts in the file raises nothing.

create table reason_code (reason varchar, serious boolean, place integer);
insert into reason_code values
    ('loses_money', true, 1), ('empty_growth', true, 2), ('side_uncovered', true, 3), ('orphan_risk', true, 4),
    ('factors_red', true, 5), ('plan_expired', true, 6), ('side_stale', false, 7), ('factor_fell', false, 8),
    ('overclaimed', false, 9), ('plan_missing', false, 10), ('plan_unreviewed', false, 11),
    ('actions_overdue', false, 12), ('single_thread', false, 13);

-- an amount in words, the way the screen writes money, rounded half up: 843, 8.4k, 84k, 0.62m, 14.1m, 1.2bn
create macro amount_text(x) as
    case when abs(x) >= 999.95e6 then format('{:.1f}bn', round(x / 1e8) / 10) when abs(x) >= 995e3 then format('{:.1f}m', round(x / 1e5) / 10)
        when abs(x) >= 99.5e3 then rtrim(format('{:.2f}', round(x / 1e4) / 100), '0') || 'm'
        when abs(x) >= 9.95e3 then format('{:.0f}k', round(x / 1e3)) when abs(x) >= 999.5 then format('{:.1f}k', round(x / 1e2) / 10)
        else format('{:.0f}', round(x) + 0e0) end;

create macro alarm(r, h, d, a) as {reason: r, holds: h, detail: d, amount: a::double};

create table attention_reason as
with gaps as (
    select account_id, status, string_agg(side || ' side: ' || why || coalesce(' since ' || day_text(since), ''), '; ' order by side) as words
    from side_gap() group by account_id, status),
orphans as (
    select account_id, string_agg('only ' || side || ' sponsor ' || sponsor || ' ends ' || day_text(orphan_on), '; ' order by side) as words
    from side where orphan_risk group by account_id),
claims as (
    select account_id, string_agg(code, ', ' order by factor_id) as words
    from score_evidence where claim = 'overclaimed' group by account_id),
raised as (
    select f.account_id, f.revenue, unnest([
        alarm('loses_money', f.profit < 0, 'loses ' || amount_text(-f.profit), -f.profit),
        alarm('empty_growth', f.empty_growth,
            'revenue ' || share_text(f.revenue_growth, signed := true) || ', profit ' || amount_text(f.profit_change), -f.profit_change),
        alarm('side_uncovered', fed.sponsorship and g.uncovered > 0, u.words, null),
        alarm('orphan_risk', fed.sponsorship and g.orphan_risk, o.words, null),
        alarm('factors_red', fed.assessment and is_account_problem(s.reds), s.reds || ' factors red: ' || s.red_codes, null),
        alarm('plan_expired', fed.plan and p.health = 'expired', 'plan ' || p.why, null),
        alarm('side_stale', fed.sponsorship and g.stale > 0, l.words, null),
        alarm('factor_fell', fed.assessment and s.deepest_fall <= -1, 'fell by a level or more: ' || s.fallen_codes, null),
        alarm('overclaimed', fed.assessment and c.words is not null, 'green without evidence: ' || c.words, null),
        alarm('plan_missing', fed.plan and p.health = 'none', 'no plan', null),
        alarm('plan_unreviewed', fed.plan_review and p.health = 'unreviewed', 'plan: ' || p.why, null),
        alarm('actions_overdue', fed.action and p.actions_overdue > 0, count_text(p.actions_overdue, 'action') || ' overdue', null),
        alarm('single_thread', fed.activity and fed.stakeholder and t.thread = 'single', count_text(t.contacts_touched, 'contact') || ' touched', null)
    ], recursive := true)
    from account_figures f join account_score s using (account_id) join account_coverage g using (account_id)
    join account_plan_health p using (account_id) join account_thread t using (account_id)
    left join gaps u on u.account_id = f.account_id and u.status = 'uncovered'
    left join gaps l on l.account_id = f.account_id and l.status = 'stale'
    left join orphans o on o.account_id = f.account_id left join claims c on c.account_id = f.account_id
    cross join fed)
select r.account_id, r.reason, k.place, r.detail, k.serious, coalesce(r.amount, r.revenue::double) as amount
from raised r join reason_code k using (reason) join account a using (account_id)
where r.holds and a.status <> 'exited';

create table account_attention as
select
    a.account_id, count(r.reason) filter (r.serious) as attention,
    string_agg(r.reason, '; ' order by r.place) as reasons
from account a left join attention_reason r using (account_id) group by a.account_id;
