-- Which thresholds hold? Every setting of the file, else its default; `rule` is the one row that views read.

create view setting_in_force as
select d.key, coalesce(nullif(trim(s.value), ''), d.value) as value
from setting_default d left join setting s on s.key = d.key;

-- every setting that is a number, by its key
create view number_in_force as
select map(list(key), list(try_cast(value as double))) as number from setting_in_force;

create table rule as
select
    number['fiscal_year_start_month']::integer as fiscal_year_start_month,
    number['red_below'] as red_below, number['green_from'] as green_from,
    number['flat_points'] as flat_points,
    [number['cadence_tier_1'], number['cadence_tier_2'],
        number['cadence_tier_3']]::integer[]
        as cadence_of_tier,
    number['new_days']::integer as new_days,
    number['load_warn']::integer as load_warn,
        number['load_over']::integer as load_over,
    number['orphan_days']::integer as orphan_days,
        number['review_days']::integer as review_days,
    number['thread_days']::integer as thread_days,
    number['hurdle_margin'] as hurdle_margin, number['big_from'] as big_from,
    number['quadrant_band'] as quadrant_band,
        number['lever_price'] as lever_price,
    number['material_share'] as material_share,
    number['negotiation_months']::integer as negotiation_months,
    number['claim_facts']::integer as claim_facts,
    number['reds_serious']::integer as reds_serious,
    number['programme_problem_share'] as programme_problem_share,
    number['thread_single']::integer as thread_single,
    number['thread_broad']::integer as thread_broad,
    list_transform(string_split(lower((select value from setting_in_force where key = 'sales_functions')), ','),
        lambda x: trim(x)) as sales_functions
from number_in_force;
comment on table rule is 'the thresholds in force, one row';

create table indicator_rule as
select
    number['indicator_committee_months'] as committee_months,
    number['indicator_profit_index'] as profit_index,
    number['indicator_value_priced_share'] as value_priced_share,
    number['indicator_programme_months'] as programme_months,
    number['indicator_variable_profit_share'] as variable_profit_share,
    number['indicator_plan_months'] as plan_months,
    number['indicator_review_days'] as review_days,
    number['indicator_long_objectives_share'] as long_objectives_share,
    number['indicator_measured_objectives_share'] as measured_objectives_share,
    number['indicator_action_functions'] as action_functions,
    number['indicator_outside_sales_share'] as outside_sales_share,
    number['indicator_customer_review_months'] as customer_review_months,
    number['indicator_accounts_per_manager'] as accounts_per_manager,
    number['indicator_trained_months'] as trained_months,
    number['indicator_tenure_months'] as tenure_months,
    number['indicator_selection_months'] as selection_months,
    number['indicator_keep_months'] as keep_months
from number_in_force;
comment on table indicator_rule is 'the thresholds of the indicators, one row';
