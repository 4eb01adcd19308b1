-- Through which accounts did portfolio profit move, step by step?

select b.step, b.account_id, a.name, b.amount, row_number() over weight as rank,
    p.amount as step_amount
from bridge_account_step b join account a using (account_id) join profit_step p using (step)
where b.step not in ('start', 'end') and abs(b.amount) >= 0.005
window weight as (partition by b.step order by abs(round(b.amount, 2)) desc, b.account_id)
order by b.place, rank;
