-- Nodes hold all tokens of programs in memory, so they are told of new ones too.
DROP TRIGGER service_token_told ON service_token;
CREATE TRIGGER service_token_told AFTER INSERT OR UPDATE ON service_token
  FOR EACH STATEMENT EXECUTE FUNCTION tell_nodes();
