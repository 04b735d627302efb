export declare function ensureSystem(): void;
export declare function ensureBuilt(): void;
