from account_card order by account_id;
