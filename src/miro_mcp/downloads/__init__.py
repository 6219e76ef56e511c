"""Files that links of Miro's lead to: fetched without Miro's token, into a folder that the operator allows."""
