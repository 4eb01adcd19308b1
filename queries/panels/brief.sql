-- What does a board ask about the programme, ten questions, each answered in one sentence with its base?
-- ahead: yes

-- `of_money`: whether accounts that left the programme take part
with line (number, question, screen, of_money, answer, accounts, revenue, amount, direction, shows, short, who,
    measure, value, was, change, verdict) as (
    select 1, 'Worse since the review', 'changes', true, *, null from brief_worse
    union all select 2, 'Revenue up, profit down', 'value', false, *, null from brief_growth
    union all select 3, 'Who drags profit', 'value', true, *, null from brief_losses
    union all select 4, 'Profit, year on year', 'value', true, *, null from brief_bridge
    union all select 5, 'No live sponsor', 'sponsors', false, *, null from brief_cover
    union all select 6, 'Leaders', 'sponsors', false, *, null from brief_leaders
    union all select 7, 'Weakest factor', 'factors', false, *, null from brief_factor
    union all select 8, 'Plans not alive', 'plans', false, *, null from brief_plans
    union all select 9, 'Co-innovation, pricing', 'value', true, * from brief_pricing
    union all select 10, 'Negotiating alone', 'sponsors', false, *, null from brief_negotiations),
based as (
    select l.*, case when l.of_money then w.accounts else w.programme_accounts end > 0 as any_chosen,
        case when l.of_money then w.revenue else w.programme_revenue end as whole
    from line l cross join brief_whole w)
select
    number::bigint as number, question,
    case when any_chosen then upper(answer[1]) || answer[2:] else 'No account is chosen' end as answer,
    case when any_chosen then accounts end as accounts,
    case when any_chosen and accounts is not null then revenue::double end as revenue,
    case when any_chosen and accounts is not null then ratio_of(revenue, whole) end as revenue_share,
    case when any_chosen then amount::double end as amount, case when any_chosen then direction end as direction,
    screen, case when any_chosen and accounts > 0 then shows end as filter,
    case when not any_chosen then 'No account is chosen' when short is not null then upper(short[1]) || short[2:]
        else upper(answer[1]) || replace(answer[2:], ' and load again', '') end as short,
    case when any_chosen then verdict end as verdict,
    case when any_chosen then measure end as measure, case when any_chosen then value::double end as value,
    case when any_chosen then was::double end as was, case when any_chosen then change::double end as change,
    case when any_chosen and accounts is not null then who end as who
from based
order by number;
