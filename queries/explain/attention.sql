-- Why does this account need the director, or not?
-- also explains: reasons, serious, attention.name, accounts.name
-- also explains: attention.weight, attention.money, attention.sponsors, attention.factors, attention.plan
-- also explains: attention.ask

with lines as (
    select unnest([
        explained_value('Serious reasons', n.attention, 'integer', coalesce(reasons_text(n.reasons),
            case when u.rules_judged < u.rules and a.status <> 'exited'
                then 'no reason known; ' || u.rules_judged || ' of ' || u.rules || ' rules; ' || u.rules_lack
                else 'no reason at all' end)),
        explained_rule(
            'The number of serious reasons (!); the account needs the director from 1 on. A rule whose facts are '
            || 'missing in the whole file raises nothing, '
            || 'and an exited account raises none. The list is ordered by weight: the kinds of reason hit seriously '
            || '(money, sponsors, '
            || 'factors, plan) times revenue.'),
        case when n.weight > 0 then explained_input(0.1, 'Weight', n.weight, 'money', c.kinds || ' x revenue') end,
        case when u.rules_judged < u.rules then explained_input(0.2, 'Rules judged', u.rules_judged, 'integer', 'of '
            || u.rules || '; ' || u.rules_lack) end,
        case when a.status = 'exited' then explained_note('The account has left the programme.')
            when n.attention = 0 and u.rules_judged < u.rules then explained_note('No serious reason known.')
            when n.attention = 0 then explained_note('No serious reason.')
            when n.attention > 1 then explained_note('Each serious reason cleared takes one off.') end
        ], recursive := true)
    from account_attention n join asked using (account_id) join account a using (account_id) cross join rules_told u
    left join (select account_id, string_agg(distinct kind, ', ' order by kind) as kinds from attention_reason
        where serious group by account_id) c
        on c.account_id = n.account_id
    union all
    select l.* exclude (reason) replace (l.place + n.place / 100 as place, reasons_text(l.reason) || ': '
        || l.label as label) from reason_lift l join attention_reason n using (reason) join asked using (account_id)
        where n.serious
    union all
    select unnest([explained_input(n.place, case when n.serious then '! ' else '' end || reasons_text(n.reason),
        n.amount, 'money', n.detail || '. ' || r.says)],
        recursive := true)
    from attention_reason n join asked using (account_id) left join reason_rule_in_force r using (reason))

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
