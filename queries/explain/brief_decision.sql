-- Why is this decision asked for?
-- also explains: brief_decisions.decision, brief_decisions.because, brief_decisions.amount, brief_decisions.name
-- also explains: brief_decisions.ask, brief_decisions.reason, brief_decisions.number, brief_decisions.short
-- also explains: brief_decisions.who, brief_decisions.covered_from

with lines as (
    select unnest([
        explained_value(p.decision, p.amount, 'money', p.because),
        explained_rule(case when p.reason = 'proposal'
            then 'A line of the one proposal for all open and silent sides: gaps by revenue, each given the best '
                || 'leader who is free.'
            else 'Accounts come by weight: kinds of reason hit seriously, times revenue.' end
            || ' What is asked for is the same everywhere: the step of the account''s first reason that one step '
            || 'answers, then whom the proposal would appoint.' || ' At most five, one for each account.'),
        explained_input(0, case when p.reason in ('loses_money', 'empty_growth') then 'Profit lost'
            else 'Revenue of the account' end, p.amount, 'money')
        ], recursive := true)
    from panel_brief_decisions p join asked q on q.item = p.number::varchar
    union all
    select unnest([explained_input(r.place, replace(r.reason, '_', ' '), r.amount, 'money', r.detail)],
        recursive := true)
    from attention_reason r join panel_brief_decisions p using (account_id) join asked q on q.item = p.number::varchar)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
