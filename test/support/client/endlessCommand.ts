/**
 * Runs until the folder that it was started in is removed, and so never longer than the run of a client
 * that it is part of: clients start commands in groups of their own, which outlive a client that is killed.
 */
export const ENDLESS_COMMAND = 'while [ -e "$PWD" ]; do sleep 1; done';
