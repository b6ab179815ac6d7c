import type { Language } from '../../finding/stems.ts'
import type { House } from '../../platform/house.ts'
import { settingOf } from '../settings/settings.ts'

/** The languages that the firm's documents are in, the main one first. */
export const languagesOf = async (house: House): Promise<readonly Language[]> => (await settingOf(house, 'search')).languages
