import type { Command } from 'commander'

export type Place = { data?: string; keyring?: string; json?: boolean }

/** Which firm: the options that every command has. */
export const withPlace = (command: Command): Command =>
  command
    .option('--data <DIR>', 'the data folder')
    .option('--keyring <FILE>', 'the file of the root key')
    .option('--json', 'print the result as one line of JSON')

export const example = (command: Command, text: string): Command =>
  command.addHelpText('after', `\nExample:\n  ${text.split('\n').join('\n  ')}`)
