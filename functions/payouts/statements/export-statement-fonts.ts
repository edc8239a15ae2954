import regular from '@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf';
import strong from '@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf';
import type { FontFiles } from '#shared/adapters/pdf/statement-fonts';

/** Source Sans 3 (SIL Open Font License 1.1): its bytes become part of the bundle. */
export const FONT_FILES: FontFiles = { regular, strong };
