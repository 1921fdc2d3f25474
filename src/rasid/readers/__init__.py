"""Other readers behind the contract of the Reading: endpoints, trained models, people."""
