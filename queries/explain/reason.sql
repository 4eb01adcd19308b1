-- Why is this reason raised, and what clears it?
-- also explains: account_asks.reason, account_asks.detail, account_asks.amount, account_asks.because
-- also explains: account_asks.ask, account_asks.serious
-- also explains: attention_reasons.reason, attention_reasons.detail, attention_reasons.amount
-- also explains: attention_reasons.serious

with lines as (
    select unnest([
        explained_value(case when n.serious then '! ' else '' end || reasons_text(n.reason), n.amount, 'money',
            n.detail),
        explained_rule(coalesce(r.says, 'A rule of the company''s own.') || case when n.serious
            then ' A serious reason.' else ' Not a serious reason.' end),
        explained_input(1, case n.reason when 'loses_money' then 'The loss' when 'empty_growth'
            then 'The fall of profit' else 'Revenue of the account' end, n.amount, 'money')
        ], recursive := true)
    from attention_reason n join asked using (account_id) left join reason_rule_in_force r using (reason)
        where n.reason = asked.item
    union all
    select l.* exclude (reason) from reason_lift l cross join asked where l.reason = asked.item)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
