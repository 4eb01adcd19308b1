-- Why is this share of the account's revenue priced in this way?
-- also explains: account_price_basis.basis, account_price_basis.share, account_price_basis.revenue

with lines as (
    select unnest([
        explained_value('Priced ' || b.basis, b.share, 'share', amount_text(b.revenue) || ' of revenue'),
        explained_rule(
            'Revenue of the window by how its price was made; unknown is what no column of financial_period tells.'),
        explained_input(1, 'Priced ' || b.basis, b.revenue, 'money', null, null,
            (select at_rows('financial_period', source_row) from month_asked where in_window)),
        explained_input(2, 'Revenue', f.revenue, 'money')
        ], recursive := true)
    from asked q join price_basis b on b.account_id = q.account_id and b.basis = q.item join account_figures f
        on f.account_id = q.account_id)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
