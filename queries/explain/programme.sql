-- Why does this programme cost and return this much?
-- also explains: co_innovation.own_commitment, co_innovation.spent, co_innovation.realised_profit
-- also explains: commitment_to_revenue, multi_year, co_innovation.status
-- also explains: co_innovation.account, co_innovation.profit_on_spent, co_innovation.spent_share
-- also explains: co_innovation.return_due, co_innovation.running
-- also explains: co_innovation_gaps.programme, co_innovation_gaps.spent, co_innovation_gaps.realised_profit
-- also explains: co_innovation.programme_id, co_innovation.name, co_innovation.kind, co_innovation.start_on
-- also explains: co_innovation.end_on

with lines as (
    select unnest([
        case q.measure when 'own_commitment' then explained_value('Own commitment', s.own_commitment, 'money')
            when 'spent' then explained_value('Spent', s.spent, 'money')
            when 'realised_profit' then explained_value('Realised profit', s.realised_profit, 'money')
            when 'spent_share' then explained_value('Spent of committed', s.spent_share, 'share') when 'profit_on_spent'
                then explained_value('Profit per spent', s.profit_on_spent, 'number')
            when 'commitment_to_revenue' then explained_value('Commitment of revenue', s.commitment_to_revenue, 'share')
            else explained_value('Programme', null, 'text', s.name || ', ' || s.status || case when s.multi_year
                then ', longer than twelve months' else '' end) end,
        explained_rule(
            'Amounts at the rate of the month the programme started in. Commitment of revenue: own commitment of a '
            || 'year divided by the account''s revenue of twelve months. '
            || 'Multi-year: longer than twelve months. Running: active, started and not ended, whatever the status '
            || 'says after its end.'),
        case when s.spent > 0 and s.realised_profit < s.spent
            then explained_lift('Profit to realise', s.spent - s.realised_profit, 'money',
            'then what was spent has come back') end,
        explained_input(1, 'Own commitment', s.own_commitment, 'money', p.currency || ' ' || p.own_commitment,
            p.start_on, at_row('programme', p.source_row)),
        explained_input(2, 'Spent', s.spent, 'money', p.currency || ' ' || coalesce(p.spent::varchar, 'nothing told')),
        explained_input(3, 'Realised profit', s.realised_profit, 'money', p.currency || ' '
            || coalesce(p.realised_profit::varchar, 'nothing told')),
        explained_input(4, 'Own commitment of a year', y.yearly_commitment, 'money',
            'over its months; all of it where it is shorter than a year'),
        explained_input(5, 'Revenue of the account, twelve months', f.weight, 'money')
        ], recursive := true)
    from asked q join panel_co_innovation s on s.programme_id = q.item join programme p
        on p.programme_id = s.programme_id
    join account_figures f on f.account_id = s.account_id join programme_figures y on y.programme_id = s.programme_id)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
