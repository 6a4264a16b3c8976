"""The designs as modelsearch wants them: a Django app that only the bench installs."""
