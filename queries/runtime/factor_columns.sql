select account_id, 'factor.' || code as field,
    if(account_id in (from programme_account), valid_index, null) as valid_index
from factor_score order by account_id, factor_id;
