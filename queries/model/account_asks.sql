-- What needs a decision at each account, and what is to be asked for? One rule per reason, written here only.
-- Over 80 lines because the step of each reason stands beside the one ask of the account that is made of them.

-- who carries too many accounts is not sent to one more meeting while another leader could step in
-- a silent side is met by who stands there; whom the proposal has in his place stands beside it
create table side_step as
with senders as (
    select a.account_id, a.side,
        string_agg(a.name, '; ' order by a.start_on, a.name, a.person_id) filter (l.load <> 'over') as able,
        string_agg(a.name || ' carries ' || l.accounts, ', ' order by a.start_on, a.name, a.person_id) as carried,
        string_agg(a.name || ' (over the limit, carries ' || l.accounts || ')', '; ' order by a.start_on, a.name,
            a.person_id) as loaded
    from assigned a
    join (select p.person_id, p.accounts, load_of(p.accounts, r.load_warn, r.load_over) as load
        from possible_leaders() p cross join rule r) l using (person_id)
    group by a.account_id, a.side)
select g.account_id, g.side, g.status, g.since, g.suggested,
    case when g.status = 'stale' and (x.able is not null or g.suggested is null)
            then 'have ' || coalesce(x.able, x.loaded) || ' meet them (' || side_text(g.side) || ')'
                || coalesce(' or appoint ' || g.suggested, '')
        when g.status = 'stale' then 'appoint ' || g.suggested || ' (' || side_text(g.side) || '), ' || x.carried
        when g.suggested is null then 'name a sponsor (' || side_text(g.side) || ')'
        else 'appoint ' || g.suggested || ' (' || side_text(g.side) || ')' end as ask
from sponsor_suggestion g left join senders x using (account_id, side);
comment on table side_step is 'what to do about each side that is open or silent';

-- `because` says the reason in few words, where its detail is long; `ask` is empty where no single step answers it
-- neither side is live only from the later of the two days on, and on no known day where one of them is unknown
create table account_ask as
with gaps as (
    select account_id, case when grouping(status) = 1 then 'no_live_sponsor' when status = 'stale'
        then 'side_stale' else 'side_uncovered' end as reason,
        case when count(*) = 2 then 'no live sponsor on either side' when any_value(status) = 'stale'
            then 'sponsor ' || side_text(any_value(side)) || ' silent'
            else 'no sponsor ' || side_text(any_value(side)) end || case when count(since) = count(*) then ' since '
                || day_text(max(since)) else '' end as because,
        string_agg(ask, ', ' order by side) as ask
    from side_step group by grouping sets ((account_id, status), (account_id))),
leaving as (
    select account_id, string_agg('name who follows ' || sponsor || ' (' || side_text(side) || ')', ', '
        order by side) as ask
    from account_side where orphan_risk group by account_id),
late as (
    select account_id, count(*) as actions, arg_min(owner, (due_on, action_id)) filter (owner is not null) as owner
    from action_standing where overdue group by account_id),
doubted as (
    select account_id, string_agg(factor_text(f.name, f.code), ', ' order by factor_id) as codes
    from score_evidence join success_factor f using (factor_id)
        where claim = 'overclaimed' group by account_id)
select
    r.account_id, r.reason, r.place, r.serious, r.detail, r.amount,
    case when r.reason in ('side_uncovered', 'side_stale', 'no_live_sponsor') then g.because
        when r.reason = 'factors_red' then count_text(s.reds, 'factor') || ' red' when r.reason = 'factor_fell'
            then 'fell: ' || s.fallen_factors else r.detail end as because,
    case r.reason
        when 'loses_money' then l.lever
        when 'empty_growth' then case when not exists (from attention_reason o
            where o.account_id = r.account_id and o.reason = 'loses_money') then l.lever end
        when 'side_uncovered' then g.ask when 'side_stale' then g.ask when 'no_live_sponsor' then g.ask
            when 'orphan_risk' then o.ask
        when 'plan_expired' then 'renew the plan' when 'plan_missing' then 'write a plan' when 'plan_unreviewed'
            then 'review the plan'
        when 'actions_overdue' then 'close ' || count_text(t.actions, 'overdue action')
            || coalesce(', first ' || t.owner || '''s', '')
        when 'overclaimed' then 'score again with evidence: ' || d.codes
        when 'single_thread' then 'meet a ' || case h.contacts_touched when 0 then 'first' else 'second' end
            || ' contact'
        when 'profit_unknown' then case when f.rate_missing then 'add the missing rate'
            else 'have the missing cost booked' end
        when 'figures_stopped' then 'find out: lost, or not booked' end as ask
from attention_reason r
join account_figures f using (account_id)
join account_score s using (account_id)
join account_thread h using (account_id)
left join account_lever_of_all l using (account_id)
left join gaps g on g.account_id = r.account_id and g.reason = r.reason
left join leaving o on o.account_id = r.account_id
left join late t on t.account_id = r.account_id
left join doubted d on d.account_id = r.account_id;
comment on table account_ask is 'every reason for attention with the one step that answers it';

-- the ask of an account, the same wherever it stands: the step of the first reason which one step answers; then, where
-- that is not about its sides, whom the proposal would appoint, and what to do about the side for which nobody is free;
-- of an account without a reason the proposal alone
create table first_ask as
with step as (
    select account_id, arg_min(ask, place) as ask, arg_min(reason, place) as reason,
        arg_min(case when reason in ('loses_money', 'empty_growth') then lever_short else ask end, place) as ask_short
    from account_ask left join account_lever_of_all using (account_id) where ask is not null group by account_id),
proposed as (
    select account_id,
        'appoint ' || string_agg(suggested || ' (' || side_text(side) || ')', ', ' order by side)
            || coalesce(', ' || string_agg(ask, ', ' order by side) filter (suggested is null), '') as ask,
        'appoint ' || case count(suggested) when 1 then any_value(suggested) else count(suggested) || ' leaders' end
            as people
    from side_step group by account_id having count(suggested) > 0)
select account_id, s.reason, case when s.reason in ('side_uncovered', 'side_stale', 'no_live_sponsor') then s.ask
    else concat_ws('; ', s.ask, p.ask) end as ask,
    case when s.ask is null then p.ask when s.reason in ('side_uncovered', 'side_stale', 'no_live_sponsor') then s.ask
        else concat_ws('; ', s.ask_short, p.people) end as ask_short
from step s full join proposed p using (account_id);
comment on table first_ask is 'what is asked for at each account: one text, the same on every screen, and in few words';
