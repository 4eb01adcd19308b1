insert into selection select account_id from account;
