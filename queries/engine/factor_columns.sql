select account_id, 'factor.' || code as field, valid_index from score order by account_id, factor_id;
